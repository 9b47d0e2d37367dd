import { describe, expect, it } from "vitest";
import { canDo, commandsFor } from "./download-look";

describe("what can be asked of a download", () => {
  it("is no pause where nothing runs", () => {
    for (const state of ["paused", "failed", "moving"] as const) {
      expect(canDo({ state, isHeldBack: false, isInClient: true }, "pause"), state).toBe(false);
    }
    for (const state of ["downloading", "stalled", "metadata", "seeding", "queued"] as const) {
      expect(canDo({ state, isHeldBack: false, isInClient: true }, "pause"), state).toBe(true);
    }
  });

  it("is nothing of one that qBittorrent does not have yet", () => {
    const waiting = commandsFor({ state: "queued", isHeldBack: false, isInClient: false });
    expect(waiting).toEqual({ pause: false, resume: false, force: false });
  });

  it("is to stay where it is, and not to go on, while its network interface is gone", () => {
    const held = commandsFor({ state: "paused", isHeldBack: true, isInClient: true });
    expect(held).toEqual({ pause: true, resume: false, force: false });
  });

  it("is always to be deleted", () => {
    expect(canDo({ state: "failed", isHeldBack: false, isInClient: true }, "delete")).toBe(true);
  });
});
