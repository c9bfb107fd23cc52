/** The editor's own tree (ProseMirror JSON), as far as we speak it. */
export type Mark = { type: string; attrs?: Record<string, unknown> };
export type Doc = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: Doc[];
  marks?: Mark[];
  text?: string;
};
