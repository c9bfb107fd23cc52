declare module "autocannon" {
  type Result = { requests: { average: number }; non2xx: number; errors: number };
  /** `duration` in seconds; `workers` keep the client's own work off the thread of the servers. */
  type Options = {
    url: string;
    connections: number;
    duration: number;
    workers?: number;
    requests?: { method: "GET"; path: string }[];
    /** `[<id>]` in a path becomes something new in every request. */
    idReplacement?: boolean;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
