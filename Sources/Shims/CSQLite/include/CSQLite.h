#pragma once
#include <sqlite3.h>

/// Binds a text that stays where it is until the next one is bound; no pointer is the empty text, not NULL.
static inline int csqlite_bind_text(sqlite3_stmt *_Nonnull s, int i, const unsigned char *_Nullable p, int n) {
    return sqlite3_bind_text(s, i, p ? (const char *)p : "", n, SQLITE_STATIC);
}
