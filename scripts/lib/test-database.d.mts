export function testDatabase(): Promise<{ url: string; stop(): Promise<void> }>;
