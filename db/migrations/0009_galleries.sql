ALTER TABLE `galleries` ADD `private_host` text;--> statement-breakpoint
ALTER TABLE `galleries` ADD `unreadable` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `galleries` ADD `etag` text;--> statement-breakpoint
ALTER TABLE `galleries` ADD `last_error` text;--> statement-breakpoint
ALTER TABLE `galleries` ADD `failed_at` integer;--> statement-breakpoint
ALTER TABLE `published_sources` ADD `definition` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `published_sources` ADD `source_digest` text DEFAULT '' NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `published_sources_source_id_unique` ON `published_sources` (`source_id`);--> statement-breakpoint
ALTER TABLE `sources` ADD `gallery_entry_id` text;--> statement-breakpoint
ALTER TABLE `sources` ADD `gallery_digest` text;