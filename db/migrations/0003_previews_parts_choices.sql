ALTER TABLE `downloads` ADD `file_choice` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `source_parts` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `preview_set` text;--> statement-breakpoint
ALTER TABLE `versions` ADD `preview_tried_at` integer;