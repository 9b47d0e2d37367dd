DROP INDEX `movie_genres_genre`;--> statement-breakpoint
ALTER TABLE `movie_genres` ADD `shelved_at` integer;--> statement-breakpoint
CREATE INDEX `movie_genres_shelf` ON `movie_genres` (`genre_id`,`shelved_at`,`movie_id`);--> statement-breakpoint
DROP INDEX `movies_added`;--> statement-breakpoint
DROP INDEX `movies_sort_title`;--> statement-breakpoint
DROP INDEX `movies_score`;--> statement-breakpoint
DROP INDEX `movies_release`;--> statement-breakpoint
ALTER TABLE `movies` ADD `best_quality` text;--> statement-breakpoint
CREATE INDEX `movies_by_added` ON `movies` (`added_at`,`num`,`status`,`best_quality`,`release_year`,`id`,`binned_at`) WHERE binned_at is null;--> statement-breakpoint
CREATE INDEX `movies_by_title` ON `movies` (`sort_title`,`num`,`status`,`best_quality`,`release_year`,`id`,`binned_at`) WHERE binned_at is null;--> statement-breakpoint
CREATE INDEX `movies_by_score` ON `movies` (`score`,`num`,`status`,`best_quality`,`release_year`,`id`,`binned_at`) WHERE binned_at is null;--> statement-breakpoint
CREATE INDEX `movies_by_release` ON `movies` (`release_date`,`num`,`status`,`best_quality`,`release_year`,`id`,`binned_at`) WHERE binned_at is null;--> statement-breakpoint
CREATE INDEX `list_entries_recent` ON `list_entries` (`user_id`,`added_at`);
--> statement-breakpoint
-- Home asks for the newest of each genre that can be watched, and must not look at the others for
-- it; lists are filtered by quality without a look at the versions. Triggers keep both in step,
-- whoever writes. What a quality is stands in lib/versions/quality.ts, and a test compares the two.
CREATE TRIGGER movie_genres_shelve AFTER INSERT ON movie_genres BEGIN
  UPDATE movie_genres SET shelved_at = (
      SELECT added_at FROM movies WHERE id = new.movie_id AND status = 'ready' AND binned_at IS NULL)
    WHERE movie_id = new.movie_id AND genre_id = new.genre_id;
END;
--> statement-breakpoint
CREATE TRIGGER movies_shelve AFTER UPDATE OF status, binned_at, added_at ON movies BEGIN
  UPDATE movie_genres
    SET shelved_at = CASE WHEN new.status = 'ready' AND new.binned_at IS NULL THEN new.added_at END
    WHERE movie_id = new.id;
END;
--> statement-breakpoint
CREATE VIEW movie_qualities AS
  SELECT movie_id, max(CASE WHEN width >= 3000 OR height >= 1600 THEN 3
      WHEN width >= 1200 OR height >= 700 THEN 2 ELSE 1 END) AS worth
    FROM versions
    WHERE status = 'ready' AND width IS NOT NULL AND height IS NOT NULL AND NOT EXISTS (
      SELECT 1 FROM bin_entries WHERE subject_id = versions.id AND kind = 'version')
    GROUP BY movie_id;
--> statement-breakpoint
CREATE TRIGGER versions_quality_insert AFTER INSERT ON versions WHEN new.status = 'ready' BEGIN
  UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
    FROM movie_qualities WHERE movie_id = movies.id) WHERE id = new.movie_id;
END;
--> statement-breakpoint
CREATE TRIGGER versions_quality_update AFTER UPDATE OF status, width, height ON versions BEGIN
  UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
    FROM movie_qualities WHERE movie_id = movies.id) WHERE id = new.movie_id;
END;
--> statement-breakpoint
CREATE TRIGGER versions_quality_delete AFTER DELETE ON versions BEGIN
  UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
    FROM movie_qualities WHERE movie_id = movies.id) WHERE id = old.movie_id;
END;
--> statement-breakpoint
CREATE TRIGGER bin_quality_insert AFTER INSERT ON bin_entries WHEN new.kind = 'version' BEGIN
  UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
    FROM movie_qualities WHERE movie_id = movies.id)
    WHERE id = (SELECT movie_id FROM versions WHERE id = new.subject_id);
END;
--> statement-breakpoint
CREATE TRIGGER bin_quality_delete AFTER DELETE ON bin_entries WHEN old.kind = 'version' BEGIN
  UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
    FROM movie_qualities WHERE movie_id = movies.id)
    WHERE id = (SELECT movie_id FROM versions WHERE id = old.subject_id);
END;
--> statement-breakpoint
UPDATE movies SET best_quality = (SELECT CASE worth WHEN 3 THEN '4K' WHEN 2 THEN 'HD' ELSE 'SD' END
  FROM movie_qualities WHERE movie_id = movies.id);
--> statement-breakpoint
UPDATE movie_genres SET shelved_at = (
  SELECT added_at FROM movies WHERE id = movie_id AND status = 'ready' AND binned_at IS NULL);
