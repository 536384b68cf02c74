/* Preloaded into the program by power_cut.py: the same program, with a database that flushes its log at checkpoints only.
   With it, acknowledged words must get lost; otherwise the cut would show nothing. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

typedef int (*execute)(void*, const char*, int (*)(void*, int, char**, char**), void*, char**);

int sqlite3_exec(void* database, const char* sql, int (*each)(void*, int, char**, char**), void* argument,
                 char** error) {
  execute original = (execute)dlsym(RTLD_NEXT, "sqlite3_exec");
  if (strcmp(sql, "PRAGMA synchronous = FULL") == 0) sql = "PRAGMA synchronous = NORMAL";
  return original(database, sql, each, argument, error);
}
