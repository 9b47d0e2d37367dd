CREATE TABLE `tried_releases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`movie_id` text NOT NULL,
	`info_hash` text,
	`name` text,
	`replaced_by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `tried_releases_movie` ON `tried_releases` (`movie_id`);--> statement-breakpoint
ALTER TABLE `downloads` ADD `interface_hold` text;--> statement-breakpoint
ALTER TABLE `downloads` ADD `metadata_since` integer;--> statement-breakpoint
ALTER TABLE `downloads` ADD `seedless_since` integer;--> statement-breakpoint
ALTER TABLE `downloads` ADD `dead_since` integer;--> statement-breakpoint
ALTER TABLE `downloads` ADD `replacement` text;--> statement-breakpoint
ALTER TABLE `downloads` ADD `replaces_id` text;