declare module "autocannon" {
  type Result = { requests: { average: number }; non2xx: number; errors: number };
  /** `duration` in seconds; `workers` keep the client's own work off the thread of the servers. */
  type Options = { url: string; connections: number; duration: number; workers?: number };
  export default function autocannon(options: Options): Promise<Result>;
}
