/** The one validator: resources in, every problem and every edge's verdict out. */
package dev.millrace.engine.validation;
