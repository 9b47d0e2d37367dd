import { z } from "zod";
import { signTicket, ticketExpiry } from "@/lib/auth/tickets";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { versionOf } from "@/lib/versions/data";
import { ticketView } from "@/lib/versions/schema";
import { apiRoute } from "@/lib/web/api";
import { publicOrigin } from "@/lib/web/origin";

export const POST = apiRoute(
  {
    method: "POST",
    path: "/api/v1/versions/{id}/ticket",
    summary:
      "Addresses of one version for a player that holds no cookie (AirPlay, a television, another program): for 12 hours, and no longer than its owner stays signed in",
    role: "member",
    account: true,
    params: z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) }),
    answers: { 201: ticketView, 404: null, 409: null },
  },
  ({ db, user, params, request, say, now }) => {
    const version = versionOf(db, params.id, say);
    if (!version) throw new AppError("version-unknown", { status: 404 });
    if (!version.streamUrl) throw new AppError("version-not-ready", { status: 409 });
    const { VIGILIO_URL: publicUrl, VIGILIO_TRUST_PROXY: trustProxy = false } = env().values;
    const origin = publicOrigin(request.headers, { publicUrl, trustProxy });
    const { id: userId, sessionVersion } = user;
    const withTicket = (path: string, subject: string) =>
      `${origin}${path}?ticket=${signTicket({ subject, userId, sessionVersion, now })}`;
    // What is signed is the file's name, which its streams, tracks and previews share.
    const name = version.streamUrl.replace(/^\/media\/|\.mp4$/g, "");
    return {
      streamUrl: withTicket(version.streamUrl, name),
      hlsUrl: version.hlsUrl && withTicket(version.hlsUrl, name),
      subtitles: version.subtitles.flatMap(({ id, url }) =>
        url ? [{ id, url: withTicket(url, `subtitles/${id}`) }] : [],
      ),
      expiresAt: ticketExpiry(now).toISOString(),
    };
  },
);
