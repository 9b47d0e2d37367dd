CREATE TABLE `dismissed_subtitles` (
	`version_id` text NOT NULL,
	`file_id` integer NOT NULL,
	`dismissed_at` integer NOT NULL,
	PRIMARY KEY(`version_id`, `file_id`),
	FOREIGN KEY (`version_id`) REFERENCES `versions`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `subtitles` ADD `machine_translated` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `encoding_certainty` real;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `frames_per_second` real;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `picked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `replaceable` integer DEFAULT false NOT NULL;