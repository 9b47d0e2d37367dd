CREATE TABLE `found_images` (
	`id` text PRIMARY KEY NOT NULL,
	`imdb_id` text,
	`url` text,
	`found_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `found_images_found` ON `found_images` (`found_at`);