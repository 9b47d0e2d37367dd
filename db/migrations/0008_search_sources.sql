CREATE TABLE `found_images` (
	`id` text PRIMARY KEY NOT NULL,
	`imdb_id` text,
	`url` text,
	`found_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `found_images_found` ON `found_images` (`found_at`);--> statement-breakpoint
CREATE TABLE `search_results` (
	`id` text PRIMARY KEY NOT NULL,
	`source_id` text NOT NULL,
	`imdb_id` text,
	`tmdb_id` integer,
	`title` text NOT NULL,
	`year` integer,
	`name` text,
	`link` text NOT NULL,
	`info_hash` text,
	`found_at` integer NOT NULL,
	FOREIGN KEY (`source_id`) REFERENCES `sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `search_results_found` ON `search_results` (`found_at`);--> statement-breakpoint
CREATE TABLE `source_votes` (
	`published_id` text NOT NULL,
	`voter_hash` text NOT NULL,
	`is_up` integer NOT NULL,
	`voted_at` integer NOT NULL,
	PRIMARY KEY(`published_id`, `voter_hash`),
	FOREIGN KEY (`published_id`) REFERENCES `published_sources`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `sources` ADD `description` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `author` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `legal_note` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `answered_at` integer;--> statement-breakpoint
ALTER TABLE `sources` ADD `average_ms` integer;--> statement-breakpoint
ALTER TABLE `sources` ADD `failures_in_row` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sources` ADD `last_error` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `failed_at` integer;--> statement-breakpoint
ALTER TABLE `sources` ADD `paused_until` integer;--> statement-breakpoint
ALTER TABLE `sources` ADD `capabilities` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `capabilities_at` integer;