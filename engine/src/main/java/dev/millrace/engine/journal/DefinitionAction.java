package dev.millrace.engine.journal;

/** What happened to a definition; the constant's name in lower case is the word on the wire. */
public enum DefinitionAction {
  Created,
  Updated,
  Deleted
}
