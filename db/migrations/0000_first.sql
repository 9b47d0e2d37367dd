CREATE TABLE `bin_entries` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`title` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`binned_at` integer NOT NULL,
	`emptied_after` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `bin_entries_subject_id_unique` ON `bin_entries` (`subject_id`);--> statement-breakpoint
CREATE TABLE `galleries` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`name` text NOT NULL,
	`entries` text NOT NULL,
	`fetched_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `galleries_url_unique` ON `galleries` (`url`);--> statement-breakpoint
CREATE TABLE `published_sources` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`thumbs_up` integer DEFAULT 0 NOT NULL,
	`thumbs_down` integer DEFAULT 0 NOT NULL,
	`published_at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `service_state` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `sources` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`kind` text NOT NULL,
	`definition` text NOT NULL,
	`gallery_id` text,
	`enabled` integer DEFAULT true NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `sources_position` ON `sources` (`position`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`payload` text NOT NULL,
	`status` text NOT NULL,
	`dedupe_key` text,
	`movie_id` text,
	`lane` text NOT NULL,
	`priority` integer DEFAULT 0 NOT NULL,
	`run_at` integer NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`max_attempts` integer NOT NULL,
	`deadline_ms` integer NOT NULL,
	`boot_id` text,
	`lease_until` integer,
	`progress` real,
	`last_error` text,
	`last_error_detail` text,
	`cancel_requested` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `jobs_dedupe` ON `jobs` (`dedupe_key`) WHERE dedupe_key is not null and status in ('queued', 'running', 'waiting');--> statement-breakpoint
CREATE INDEX `jobs_due` ON `jobs` (`status`,`lane`,`run_at`);--> statement-breakpoint
CREATE INDEX `jobs_movie` ON `jobs` (`movie_id`);--> statement-breakpoint
CREATE INDEX `jobs_finished` ON `jobs` (`finished_at`);--> statement-breakpoint
CREATE INDEX `jobs_updated` ON `jobs` (`updated_at`);--> statement-breakpoint
CREATE TABLE `credits` (
	`movie_id` text NOT NULL,
	`person_id` integer NOT NULL,
	`kind` text NOT NULL,
	`character` text,
	`position` integer NOT NULL,
	PRIMARY KEY(`movie_id`, `kind`, `person_id`),
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`person_id`) REFERENCES `people`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `credits_person` ON `credits` (`person_id`);--> statement-breakpoint
CREATE TABLE `genres` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `images` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`source_path` text NOT NULL,
	`widths` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`color` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `images_source` ON `images` (`kind`,`source_path`);--> statement-breakpoint
CREATE TABLE `movie_genres` (
	`movie_id` text NOT NULL,
	`genre_id` integer NOT NULL,
	`position` integer NOT NULL,
	PRIMARY KEY(`movie_id`, `genre_id`),
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`genre_id`) REFERENCES `genres`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `movie_genres_genre` ON `movie_genres` (`genre_id`);--> statement-breakpoint
CREATE TABLE `movies` (
	`num` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`imdb_id` text,
	`tmdb_id` integer,
	`title` text NOT NULL,
	`original_title` text,
	`sort_title` text NOT NULL,
	`original_language` text,
	`overview` text,
	`tagline` text,
	`release_date` text,
	`release_year` integer,
	`runtime_minutes` integer,
	`score` real,
	`vote_count` integer,
	`certification` text,
	`trailer_url` text,
	`poster_id` text,
	`backdrop_id` text,
	`people_text` text DEFAULT '' NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`decision` text,
	`metadata_state` text NOT NULL,
	`metadata_reason` text,
	`metadata_fetched_at` integer,
	`added_by` text,
	`added_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`binned_at` integer,
	FOREIGN KEY (`poster_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`backdrop_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `movies_id_unique` ON `movies` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `movies_imdb` ON `movies` (`imdb_id`) WHERE binned_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX `movies_tmdb` ON `movies` (`tmdb_id`) WHERE binned_at is null;--> statement-breakpoint
CREATE INDEX `movies_added` ON `movies` (`added_at`);--> statement-breakpoint
CREATE INDEX `movies_sort_title` ON `movies` (`sort_title`);--> statement-breakpoint
CREATE INDEX `movies_score` ON `movies` (`score`);--> statement-breakpoint
CREATE INDEX `movies_release` ON `movies` (`release_date`);--> statement-breakpoint
CREATE INDEX `movies_updated` ON `movies` (`updated_at`);--> statement-breakpoint
CREATE TABLE `people` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`image_id` text,
	FOREIGN KEY (`image_id`) REFERENCES `images`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE TABLE `timeline_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`movie_id` text NOT NULL,
	`version_id` text,
	`stage` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `timeline_movie` ON `timeline_events` (`movie_id`,`id`);--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_used_at` integer,
	`expires_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_token_hash_unique` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`code_hash` text NOT NULL,
	`role` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`used_by` text,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`used_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_code_hash_unique` ON `invitations` (`code_hash`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`session_version` integer NOT NULL,
	`user_agent` text,
	`address` text,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`last_failed_at` integer NOT NULL,
	`blocked_until` integer
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`password_hash` text,
	`role` text NOT NULL,
	`session_version` integer DEFAULT 1 NOT NULL,
	`must_change_password` integer DEFAULT false NOT NULL,
	`disabled_at` integer,
	`expires_at` integer,
	`preferences` text DEFAULT '{}' NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username` ON `users` (lower("username"));--> statement-breakpoint
CREATE TABLE `history` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`movie_id` text NOT NULL,
	`started_at` integer NOT NULL,
	`last_watched_at` integer NOT NULL,
	`position_seconds` real NOT NULL,
	`finished` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `history_user` ON `history` (`user_id`,`last_watched_at`);--> statement-breakpoint
CREATE TABLE `list_entries` (
	`user_id` text NOT NULL,
	`movie_id` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `movie_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `progress` (
	`user_id` text NOT NULL,
	`movie_id` text NOT NULL,
	`position_seconds` real NOT NULL,
	`duration_seconds` real NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `movie_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `progress_recent` ON `progress` (`user_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `watched` (
	`user_id` text NOT NULL,
	`movie_id` text NOT NULL,
	`watched_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `movie_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `audio_tracks` (
	`version_id` text NOT NULL,
	`index` integer NOT NULL,
	`language` text,
	`title` text,
	`channels` integer NOT NULL,
	`codec` text NOT NULL,
	`is_default` integer NOT NULL,
	PRIMARY KEY(`version_id`, `index`),
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `downloads` (
	`id` text PRIMARY KEY NOT NULL,
	`movie_id` text NOT NULL,
	`version_id` text NOT NULL,
	`tag` text NOT NULL,
	`magnet` text,
	`torrent_file` blob,
	`info_hash_v1` text,
	`info_hash_v2` text,
	`client_hash` text,
	`name` text NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`progress` real DEFAULT 0 NOT NULL,
	`size_bytes` integer,
	`speed_bytes_per_second` integer DEFAULT 0 NOT NULL,
	`eta_seconds` integer,
	`seeds` integer DEFAULT 0 NOT NULL,
	`peers` integer DEFAULT 0 NOT NULL,
	`ratio` real DEFAULT 0 NOT NULL,
	`files` text,
	`save_path` text,
	`added_at` integer NOT NULL,
	`started_at` integer,
	`completed_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `downloads_tag_unique` ON `downloads` (`tag`);--> statement-breakpoint
CREATE UNIQUE INDEX `downloads_hash_v1` ON `downloads` (`info_hash_v1`) WHERE info_hash_v1 is not null;--> statement-breakpoint
CREATE UNIQUE INDEX `downloads_hash_v2` ON `downloads` (`info_hash_v2`) WHERE info_hash_v2 is not null;--> statement-breakpoint
CREATE INDEX `downloads_movie` ON `downloads` (`movie_id`);--> statement-breakpoint
CREATE INDEX `downloads_version` ON `downloads` (`version_id`);--> statement-breakpoint
CREATE INDEX `downloads_updated` ON `downloads` (`updated_at`);--> statement-breakpoint
CREATE TABLE `subtitle_downloads` (
	`file_id` integer PRIMARY KEY NOT NULL,
	`content` blob NOT NULL,
	`fetched_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `subtitles` (
	`id` text PRIMARY KEY NOT NULL,
	`version_id` text NOT NULL,
	`language` text NOT NULL,
	`label` text,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`forced` integer DEFAULT false NOT NULL,
	`hearing_impaired` integer DEFAULT false NOT NULL,
	`encoding` text,
	`offset_ms` integer DEFAULT 0 NOT NULL,
	`original` blob,
	`reason` text,
	`cue_count` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `subtitles_source` ON `subtitles` (`version_id`,`source`,`source_key`);--> statement-breakpoint
CREATE INDEX `subtitles_version` ON `subtitles` (`version_id`);--> statement-breakpoint
CREATE TABLE `versions` (
	`id` text PRIMARY KEY NOT NULL,
	`movie_id` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`release_name` text,
	`source_kind` text NOT NULL,
	`source_path` text,
	`source_size_bytes` integer,
	`import_mode` text,
	`movie_hash` text,
	`plan` text,
	`folder` text NOT NULL,
	`file_name` text NOT NULL,
	`width` integer,
	`height` integer,
	`duration_seconds` real,
	`size_bytes` integer,
	`container` text,
	`video_codec` text,
	`codecs` text,
	`published_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `versions_folder_unique` ON `versions` (`folder`);--> statement-breakpoint
CREATE UNIQUE INDEX `versions_file_name_unique` ON `versions` (`file_name`);--> statement-breakpoint
CREATE INDEX `versions_movie` ON `versions` (`movie_id`);