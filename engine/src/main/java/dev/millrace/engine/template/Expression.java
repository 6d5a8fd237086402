package dev.millrace.engine.template;

/**
 * What stands between {@code {{} and {@code }}}.
 *
 * @param fallback null when there is none
 * @param text the whole template as written, braces included
 */
public record Expression(TemplatePath path, Fallback fallback, String text) {}
