import { importPoster } from "@/lib/imports/fetch-poster";
import { connect } from "@/lib/settings/connect";
import { fileRoute } from "@/lib/web/file-route";

/**
 * Posters of films that files of an import folder were taken for, at /images/import/{id}, for people
 * who are signed in.
 */
export const GET = fileRoute<{ id: string }>({
  where: "GET /images/import",
  async serve({ params, db, env, now }) {
    const bytes = await importPoster({ db, env, services: connect(db, env), now }, params.id);
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
