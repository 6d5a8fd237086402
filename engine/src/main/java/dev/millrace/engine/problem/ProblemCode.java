package dev.millrace.engine.problem;

/** The stable codes of what can be wrong with a definition; each has a page under docs/problems. */
public enum ProblemCode {
  InvalidResource,
  UnknownField,
  InvalidSchema,
  InvalidTemplate,
  UnknownTask,
  UnknownTaskRef,
  UnknownPath,
  MissingInput,
  UnknownInput,
  TypeMismatch,
  MaybeAbsent,
  UnprovedType,
  DuplicateId,
  CircularDependency,
  InvalidUrl,
  InvalidDuration,
  InvalidRoute,
  RouteConflict,
  BreakingChange,
  InUse;

  /** The page that explains this code and how to mend it. */
  public String docs() {
    return Docs.problem(name());
  }
}
