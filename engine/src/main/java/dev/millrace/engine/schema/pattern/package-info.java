/**
 * The regular expressions of schemas: ECMA-262 patterns parsed once into a small tree, from which
 * both the matcher of the running system (RE2/J, linear time) and the automata of the proof are
 * made, so that the two agree.
 */
package dev.millrace.engine.schema.pattern;
