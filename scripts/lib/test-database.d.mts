export function testDatabase(options?: { fleeting?: boolean }): Promise<{ url: string; stop(): Promise<void> }>;
