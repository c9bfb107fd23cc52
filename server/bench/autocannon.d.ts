declare module "autocannon" {
  type Result = { requests: { average: number }; "2xx": number; non2xx: number; errors: number };
  /** `setupRequest`: the file of a function that changes each request before it is sent. */
  type Request = {
    method: "GET" | "POST";
    path: string;
    headers?: Record<string, string>;
    body?: string;
    setupRequest?: string;
    /** For that function: pairs of a token and a village. */
    people?: [string, string][];
  };
  /** `duration` in seconds; `workers` keep the client's own work off the thread of the servers. */
  type Options = {
    url: string;
    connections: number;
    duration: number;
    workers?: number;
    requests?: Request[];
    /** `[<id>]` in a path becomes something new in every request. */
    idReplacement?: boolean;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
