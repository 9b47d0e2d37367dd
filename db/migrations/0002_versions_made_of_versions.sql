ALTER TABLE `jobs` ADD `remaining_seconds` integer;--> statement-breakpoint
ALTER TABLE `audio_tracks` ADD `is_clear_voice` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `versions` ADD `made_from_id` text REFERENCES versions(id) ON DELETE set null;--> statement-breakpoint
ALTER TABLE `versions` ADD `replaces` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `versions` ADD `target_height` integer;--> statement-breakpoint
ALTER TABLE `versions` ADD `retired_file_name` text;--> statement-breakpoint
CREATE UNIQUE INDEX `versions_retired_file_name_unique` ON `versions` (`retired_file_name`);--> statement-breakpoint
CREATE INDEX `versions_made_from` ON `versions` (`made_from_id`);