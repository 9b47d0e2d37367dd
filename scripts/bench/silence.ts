// Imported before anything else, since loggers are made when modules load: films that fail on
// purpose while a library is made are no news between figures.
process.env.LOG_LEVEL ||= "silent";
