import { createTRPCClient, httpLink, TRPCClientError } from "@trpc/client";
import { isRefusalWord, type RefusalWord } from "@weimenhu/contract/refusals";
import type { Channel } from "@weimenhu/domain/identity/channel";
import type { AppRouter } from "../src/api.ts";

export type Api = ReturnType<typeof apiClient>;

/** The product's API over real HTTP, as a client of the given channel would call it. Web channels keep the cookie they get. */
export function apiClient(base: string, channel: Channel, token: () => string | null = () => null) {
  let cookie = "";
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${base}/trpc`,
        headers: () => ({
          "x-client": `${channel}/1.0.0`,
          origin: base,
          ...(token() === null ? {} : { authorization: `Bearer ${token()}` }),
          ...(cookie === "" ? {} : { cookie }),
        }),
        fetch: async (url, init) => {
          const answer = await fetch(url, init as RequestInit);
          for (const line of answer.headers.getSetCookie()) cookie = line.split(";")[0] ?? "";
          return answer;
        },
      }),
    ],
  });
}

/** The word of the refusal that a call over the wire ends in; fails when it ends otherwise. */
export async function refusedWith(call: Promise<unknown>): Promise<RefusalWord> {
  try {
    await call;
  } catch (fault) {
    const word = fault instanceof TRPCClientError ? fault.data?.refusal?.word : undefined;
    if (isRefusalWord(word)) return word;
    throw fault;
  }
  throw new Error("it was not refused");
}
