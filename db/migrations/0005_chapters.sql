CREATE TABLE `earlier_places` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` text NOT NULL,
	`movie_id` text NOT NULL,
	`position_seconds` real NOT NULL,
	`duration_seconds` real NOT NULL,
	`left_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`movie_id`) REFERENCES `movies`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `earlier_places_movie` ON `earlier_places` (`user_id`,`movie_id`,`left_at`);--> statement-breakpoint
CREATE TABLE `chapters` (
	`version_id` text NOT NULL,
	`index` integer NOT NULL,
	`start_seconds` real NOT NULL,
	`end_seconds` real NOT NULL,
	`title` text,
	PRIMARY KEY(`version_id`, `index`),
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `progress` ADD `steady_since` integer;--> statement-breakpoint
ALTER TABLE `versions` ADD `chapters_read_at` integer;