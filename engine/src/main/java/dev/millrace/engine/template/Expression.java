package dev.millrace.engine.template;

/**
 * What stands between the double braces of a template.
 *
 * @param fallback null when there is none
 * @param text the whole template as written, braces included
 */
public record Expression(TemplatePath path, Fallback fallback, String text) {}
