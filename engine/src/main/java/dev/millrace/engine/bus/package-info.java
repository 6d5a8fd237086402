/** The engine's addresses on the Vert.x event bus. */
package dev.millrace.engine.bus;
