import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth/options";
import { env } from "@/lib/env";
import { isHttpsVisitor } from "@/lib/web/origin";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth reads its own address from the process: VIGILIO_URL, else the Host of each request. */
function tellAddress(publicUrl: string | undefined): void {
  if (publicUrl) process.env.NEXTAUTH_URL ??= publicUrl;
  else process.env.AUTH_TRUST_HOST ??= "true";
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  tellAddress(env().values.VIGILIO_URL);
  return NextAuth(request, context, authOptions(isHttpsVisitor(request.headers)));
}

export { handle as GET, handle as POST };
