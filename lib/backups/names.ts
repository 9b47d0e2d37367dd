/** Why a backup was made. */
export const backupReasons = ["nightly", "before-update", "by-hand", "before-restore"] as const;
export type BackupReason = (typeof backupReasons)[number];

/** The form of every backup's name: when (UTC) and why. */
export const backupNameForm =
  /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z-(nightly|before-update|by-hand|before-restore)\.db$/;

export interface NamedBackup {
  name: string;
  reason: BackupReason;
  createdAt: Date;
}

/** The name of a backup: when it was made, to the second, and why. */
export function backupName(createdAt: Date, reason: BackupReason): string {
  return `${createdAt.toISOString().slice(0, 19).replaceAll(":", "-")}Z-${reason}.db`;
}

/** What a file's name tells; null for one that is not a backup of ours. */
export function readBackupName(name: string): NamedBackup | null {
  const found = backupNameForm.exec(name);
  if (!found) return null;
  const [, day, hours, minutes, seconds, reason] = found;
  const createdAt = new Date(`${day}T${hours}:${minutes}:${seconds}Z`);
  if (Number.isNaN(createdAt.getTime())) return null;
  return { name, reason: reason as BackupReason, createdAt };
}
