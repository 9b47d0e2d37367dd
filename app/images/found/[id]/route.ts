import { connect } from "@/lib/settings/connect";
import { foundPicture } from "@/lib/sources/fetch-image";
import { fileRoute } from "@/lib/web/file-route";

/**
 * Posters of films that a search found, at /images/found/{id}, for people who are signed in. A
 * browser never speaks with a source: the address stays here, and what goes out was decoded.
 */
export const GET = fileRoute<{ id: string }>({
  where: "GET /images/found",
  async serve({ params, db, env, now }) {
    const bytes = await foundPicture({ db, env, services: connect(db, env), now }, params.id);
    return new Response(new Uint8Array(bytes), {
      headers: {
        "content-type": "image/webp",
        "cache-control": "private, max-age=86400",
        "x-content-type-options": "nosniff",
        vary: "cookie, authorization",
      },
    });
  },
});
