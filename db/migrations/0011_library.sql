CREATE TABLE `movie_edits` (
	`movie_id` text PRIMARY KEY NOT NULL,
	`title` text,
	`release_year` integer,
	`poster_id` text,
	`found_title` text NOT NULL,
	`found_release_date` text,
	`found_release_year` integer,
	`found_poster_id` text,
	`edited_at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`poster_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`found_poster_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `watched_movie` ON `watched` (`movie_id`,`watched_at`,`user_id`);--> statement-breakpoint
CREATE INDEX `subtitles_served` ON `subtitles` (`version_id`,`language`,`reason`,`forced`) WHERE reason is null and forced = 0;--> statement-breakpoint
CREATE INDEX `versions_sizes` ON `versions` (`movie_id`,`id`,`status`,`size_bytes`,`source_kind`,`published_at`);