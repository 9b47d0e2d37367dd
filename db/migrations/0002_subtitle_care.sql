ALTER TABLE `subtitles` ADD `machine_translated` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `encoding_certainty` real;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `frames_per_second` real;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `picked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `subtitles` ADD `replaceable` integer DEFAULT false NOT NULL;