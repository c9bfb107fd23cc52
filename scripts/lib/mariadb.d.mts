export interface PrivateServer {
  url: string;
  stop(): Promise<void>;
  gone: Promise<number>;
}
export function startServer(home: string, options?: { fast?: boolean }): Promise<PrivateServer>;
export function sweep(parent: string, prefix: string): Promise<void>;
