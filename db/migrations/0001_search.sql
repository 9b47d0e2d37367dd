-- Full-text search over movies. Two contentless-delete indexes over the same rows: words (accents
-- folded, prefixes of two and three letters) and trigrams of the titles, which find what is
-- misspelt and what is written without spaces. Triggers keep both in step.
CREATE VIRTUAL TABLE movie_words USING fts5(
  title, original_title, people, overview,
  tokenize = "unicode61 remove_diacritics 2",
  prefix = '2 3',
  content = '', contentless_delete = 1
);
--> statement-breakpoint
CREATE VIRTUAL TABLE movie_trigrams USING fts5(
  title, original_title,
  tokenize = "trigram",
  content = '', contentless_delete = 1
);
--> statement-breakpoint
CREATE TRIGGER movies_search_insert AFTER INSERT ON movies BEGIN
  INSERT INTO movie_words (rowid, title, original_title, people, overview)
    VALUES (new.num, new.title, coalesce(new.original_title, ''), new.people_text, coalesce(new.overview, ''));
  INSERT INTO movie_trigrams (rowid, title, original_title)
    VALUES (new.num, new.title, coalesce(new.original_title, ''));
END;
--> statement-breakpoint
CREATE TRIGGER movies_search_update AFTER UPDATE OF title, original_title, people_text, overview ON movies BEGIN
  DELETE FROM movie_words WHERE rowid = old.num;
  DELETE FROM movie_trigrams WHERE rowid = old.num;
  INSERT INTO movie_words (rowid, title, original_title, people, overview)
    VALUES (new.num, new.title, coalesce(new.original_title, ''), new.people_text, coalesce(new.overview, ''));
  INSERT INTO movie_trigrams (rowid, title, original_title)
    VALUES (new.num, new.title, coalesce(new.original_title, ''));
END;
--> statement-breakpoint
CREATE TRIGGER movies_search_delete AFTER DELETE ON movies BEGIN
  DELETE FROM movie_words WHERE rowid = old.num;
  DELETE FROM movie_trigrams WHERE rowid = old.num;
END;
