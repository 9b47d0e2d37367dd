CREATE TABLE `import_files` (
	`id` text PRIMARY KEY NOT NULL,
	`scan_id` text NOT NULL,
	`parts` text NOT NULL,
	`name` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`subtitle_count` integer NOT NULL,
	`title` text NOT NULL,
	`year` integer,
	`resolution` integer,
	`is_new` integer DEFAULT false NOT NULL,
	`match_kind` text NOT NULL,
	`tmdb_id` integer,
	`imdb_id` text,
	`match_title` text,
	`match_year` integer,
	`poster_path` text,
	`state` text DEFAULT 'open' NOT NULL,
	`mode` text,
	`reason` text,
	`version_id` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`scan_id`) REFERENCES `import_scans`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `import_files_scan` ON `import_files` (`scan_id`,`name`);--> statement-breakpoint
CREATE INDEX `import_files_version` ON `import_files` (`version_id`) WHERE version_id is not null;--> statement-breakpoint
CREATE TABLE `import_scans` (
	`id` text PRIMARY KEY NOT NULL,
	`folder` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`folders_seen` integer DEFAULT 0 NOT NULL,
	`files_seen` integer DEFAULT 0 NOT NULL,
	`skips` text,
	`cut_by` text,
	`walked_at` integer,
	`started_by` text,
	`started_at` integer NOT NULL,
	`finished_at` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`started_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE INDEX `import_scans_folder` ON `import_scans` (`folder`,`started_at`);