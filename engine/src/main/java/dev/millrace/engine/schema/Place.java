package dev.millrace.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one schema, or one template, says of a value and of what is in it; immutable once made. */
interface Place {
  /** A value that is sensitive as a whole. */
  Place WHOLE = new Everywhere(true);

  /** An object whose members are sensitive, its names not. */
  Place EVERY_MEMBER = new Everywhere(false);

  /** Whether the value as a whole is sensitive. */
  boolean isMarked();

  /** Whether it is, or something in it can be. */
  boolean leadsToMark();

  /** Adds what this says of a member; only what leads to a mark. */
  void member(String name, Set<Place> into);

  /** Adds what this says of an element; only what leads to a mark. */
  void element(int index, Set<Place> into);

  /** Says the same of everything in a value. */
  record Everywhere(boolean isMarked) implements Place {
    @Override
    public boolean leadsToMark() {
      return true;
    }

    @Override
    public void member(String name, Set<Place> into) {
      into.add(WHOLE);
    }

    @Override
    public void element(int index, Set<Place> into) {
      into.add(WHOLE);
    }
  }

  /** Says something of each member by its name. */
  record Members(Map<String, SensitivePlaces> members) implements Place {
    @Override
    public boolean isMarked() {
      return false;
    }

    @Override
    public boolean leadsToMark() {
      return members.values().stream().anyMatch(member -> !member.isEmpty());
    }

    @Override
    public void member(String name, Set<Place> into) {
      SensitivePlaces member = members.get(name);
      if (member != null) {
        member.addTo(into);
      }
    }

    @Override
    public void element(int index, Set<Place> into) {}
  }

  /** Says something of each element by its place. */
  record Elements(List<SensitivePlaces> elements) implements Place {
    @Override
    public boolean isMarked() {
      return false;
    }

    @Override
    public boolean leadsToMark() {
      return elements.stream().anyMatch(element -> !element.isEmpty());
    }

    @Override
    public void member(String name, Set<Place> into) {}

    @Override
    public void element(int index, Set<Place> into) {
      if (index < elements.size()) {
        elements.get(index).addTo(into);
      }
    }
  }
}
