/** PostgreSQL: the place of the journal, the history and the leases. */
package dev.millrace.persistence;
