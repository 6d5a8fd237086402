/** What can be wrong, with definitions ({@code Problem}) and with requests ({@code Failure}). */
package dev.millrace.engine.problem;
