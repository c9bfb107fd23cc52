import { BuiltIn, fire, raw, rawText } from "./base.ts";

export class Image extends BuiltIn {
  static observedAttributes = ["src", "mode"];
  readonly #image = document.createElement("img");
  #source = "";

  override setUp(): void {
    const image = this.#image;
    image.className = "wx-native";
    image.alt = "";
    image.addEventListener("load", (event) => {
      event.stopPropagation();
      fire(this, "load", { width: image.naturalWidth, height: image.naturalHeight });
    });
    image.addEventListener("error", (event) => {
      event.stopPropagation();
      fire(this, "error", { errMsg: `GET ${this.#source} failed` });
    });
    this.appendChild(image);
  }
  override sync(): void {
    this.#image.style.objectFit = FITS[rawText(this, "mode")] ?? "fill";
    const source = rawText(this, "src");
    if (source === this.#source) return;
    this.#source = source;
    if (source === "") this.#image.removeAttribute("src");
    else this.#image.src = /^(https?:|data:|blob:)/.test(source) ? source : `/dist/${source.replace(/^\.?\//, "")}`;
  }
}

const FITS: Record<string, string> = { aspectFit: "contain", aspectFill: "cover", center: "none" };

/** Draws the text of the nodes only: enough to read it, not to judge its looks. */
export class RichText extends BuiltIn {
  static observedAttributes = ["nodes"];
  override sync(): void {
    this.textContent = plain(raw(this, "nodes"));
  }
}

function plain(nodes: unknown): string {
  if (typeof nodes === "string") return nodes.replace(/<[^>]*>/g, "");
  if (Array.isArray(nodes)) return nodes.map(plain).join("");
  if (typeof nodes !== "object" || nodes === null) return "";
  const { text, children } = nodes as { text?: unknown; children?: unknown };
  return typeof text === "string" ? text : plain(children);
}
