import { send } from "../wire.ts";
import { BuiltIn, fire, raw, rawText } from "./base.ts";

export class Image extends BuiltIn {
  static observedAttributes = ["src", "mode"];
  readonly #image = document.createElement("img");
  #source = "";
  /** Is a picture on its way? */
  loading = false;

  override setUp(): void {
    const image = this.#image;
    image.className = "wx-native";
    image.alt = "";
    image.addEventListener("load", (event) => {
      event.stopPropagation();
      this.loading = false;
      fire(this, "load", { width: image.naturalWidth, height: image.naturalHeight });
    });
    image.addEventListener("error", (event) => {
      event.stopPropagation();
      this.loading = false;
      send({ kind: "picture", url: image.src });
      fire(this, "error", { errMsg: `GET ${this.#source} failed` });
    });
    this.appendChild(image);
  }
  override sync(): void {
    const mode = rawText(this, "mode");
    this.#image.style.objectFit = FITS[mode] ?? "fill";
    this.setAttribute("data-mode", mode);
    const source = rawText(this, "src");
    if (source === this.#source) return;
    this.#source = source;
    this.loading = source !== "";
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
