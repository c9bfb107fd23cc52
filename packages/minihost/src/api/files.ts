import { mediaType } from "../files.ts";
import type { Bag, Callable, Platform } from "../types.ts";
import { bag } from "../values.ts";
import { exchange, type Order } from "./exchange.ts";
import { type Kit, needText, Refused } from "./kit.ts";
import { exchangeRefused, headersOf, taskOf } from "./request.ts";

const OLD_OFFICE = [0xd0, 0xcf, 0x11, 0xe0];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
const PDF = [...Buffer.from("%PDF-")];
/** What `openDocument` can show, and how such a file begins: a page that says 404 is no document whatever its name. */
const DOCUMENTS: Record<Platform, Record<string, number[]>> = {
  weapp: { doc: OLD_OFFICE, xls: OLD_OFFICE, ppt: OLD_OFFICE, docx: ZIP, xlsx: ZIP, pptx: ZIP, pdf: PDF },
  alipay: { pdf: PDF },
};

/** uploadFile, downloadFile, openDocument and the file system. */
export function fileApis(kit: Kit): Record<string, unknown> {
  return {
    uploadFile: transfer(kit, "uploadFile", uploadOrder, ({ status, bytes, headers }) => {
      const data = Buffer.from(bytes).toString("utf8");
      return kit.wechat ? { data, statusCode: status } : { data, statusCode: status, header: headers };
    }),
    downloadFile: transfer(kit, "downloadFile", downloadOrder, ({ status, bytes, url }) => {
      const { path } = kit.phone.files.add({
        name: url.split("?")[0]?.split("/").at(-1) || "file",
        bytes,
        type: "file",
      });
      return kit.wechat
        ? { tempFilePath: path, statusCode: status }
        : { apFilePath: path, tempFilePath: path, statusCode: status };
    }),
    openDocument: kit.later("openDocument", (options) => openDocument(kit, options)),
    getImageInfo: kit.later("getImageInfo", (options) => imageInfo(kit, options)),
    compressImage: kit.later("compressImage", (options) => {
      const { path } = kit.phone.files.need(
        options.src ?? (Array.isArray(options.apFilePaths) ? options.apFilePaths[0] : ""),
      );
      return kit.wechat ? { tempFilePath: path } : { apFilePaths: [path], tempFilePaths: [path] };
    }),
    saveImageToPhotosAlbum: kit.later("saveImageToPhotosAlbum", (options) => {
      kit.phone.files.need(options.filePath ?? options.url);
    }),
    saveFile: kit.later("saveFile", (options) => save(kit, options)),
    getFileInfo: kit.later("getFileInfo", (options) => ({
      size: kit.phone.files.need(kit.wechat ? options.filePath : options.apFilePath).bytes.byteLength,
    })),
    removeSavedFile: kit.later("removeSavedFile", (options) => removeSaved(kit, options)),
    getFileSystemManager: () => fileSystem(kit),
  };
}

interface Landed {
  status: number;
  bytes: Uint8Array;
  headers: Record<string, string>;
  url: string;
}

function transfer(
  kit: Kit,
  name: string,
  order: (kit: Kit, options: Bag) => Order,
  result: (landed: Landed) => Bag,
): Callable {
  return (given: unknown) => {
    let abort = () => {};
    const run = kit.later(name, async (options) => {
      const job = order(kit, options);
      const started = exchange(kit.phone, job);
      abort = started.abort;
      // The exchange itself counts as work, unless it is held or delayed: then a test may look at what is shown meanwhile.
      const answer = await kit.phone.activity.pause(started.answer).catch((error: unknown) => {
        throw exchangeRefused(error);
      });
      return result({ ...answer, url: job.url });
    });
    const promise = run(given);
    return Object.assign(
      promise instanceof Object ? promise : {},
      taskOf(() => abort()),
    );
  };
}

function uploadOrder(kit: Kit, options: Bag): Order {
  const url = needText(options, "url");
  const file = kit.phone.files.need(options.filePath);
  const field = needText(options, kit.wechat ? "name" : "fileName");
  // Alipay's fileType is required; a build that was only tried on WeChat forgets it.
  if (!kit.wechat && !["image", "video", "audio"].includes(String(options.fileType))) {
    throw new Refused("parameter error: fileType should be image, video or audio", { error: 2 });
  }
  const form = new FormData();
  for (const [name, value] of Object.entries(bag(options.formData))) form.append(name, String(value));
  form.append(
    field,
    new Blob([Buffer.from(file.bytes)], { type: mediaType(file.path) }),
    file.path.split("/").at(-1) ?? "file",
  );
  const headers = headersOf(options.header);
  // The boundary is the platform's business; an app that sets this header breaks its own upload.
  delete headers["content-type"];
  const shown = `multipart: ${field}=${file.name}`;
  return { kind: "upload", method: "POST", url, headers, body: form, shown, timeout: options.timeout };
}

function downloadOrder(_kit: Kit, options: Bag): Order {
  return {
    kind: "download",
    method: "GET",
    url: needText(options, "url"),
    headers: headersOf(options.header),
    shown: "",
    timeout: options.timeout,
  };
}

function openDocument(kit: Kit, options: Bag): void {
  const { path, bytes } = kit.phone.files.need(options.filePath);
  const type = String(options.fileType ?? path.slice(path.lastIndexOf(".") + 1)).toLowerCase();
  const beginning = DOCUMENTS[kit.phone.platform][type];
  if (!beginning) throw new Error(`filetype not supported: ${type}`);
  if (!beginning.every((byte, at) => bytes[at] === byte)) throw new Error(`the file is damaged, it is no ${type}`);
}

function imageInfo(kit: Kit, options: Bag): Bag {
  const { path, width = 100, height = 100 } = kit.phone.files.need(options.src);
  return { width, height, path, type: path.slice(path.lastIndexOf(".") + 1), orientation: "up" };
}

function save(kit: Kit, options: Bag): Bag {
  const { path } = kit.phone.files.save(kit.phone.files.need(kit.wechat ? options.tempFilePath : options.apFilePath));
  return kit.wechat ? { savedFilePath: path } : { apFilePath: path };
}

function removeSaved(kit: Kit, options: Bag): void {
  kit.phone.files.remove(kit.phone.files.need(kit.wechat ? options.filePath : options.apFilePath).path);
}

/** Reads and writes by path: what is needed to send a picture as base64 or to keep a file. */
function fileSystem(kit: Kit): Record<string, unknown> {
  const { files } = kit.phone;
  const read = (options: Bag): unknown => {
    const { bytes } = files.need(options.filePath);
    const encoding = options.encoding;
    if (typeof encoding !== "string") return bytes;
    return Buffer.from(bytes).toString(encoding === "base64" ? "base64" : "utf8");
  };
  const write = (options: Bag) => {
    const { data } = options;
    const base64 = options.encoding === "base64" ? "base64" : "utf8";
    files.write(
      needText(options, "filePath"),
      data instanceof Object ? new Uint8Array(Object(data)) : Buffer.from(String(data), base64),
    );
  };
  return {
    readFile: kit.later("readFile", (options) => ({ data: read(options) })),
    readFileSync: kit.now("readFileSync", (filePath, encoding) =>
      read(kit.wechat ? { filePath, encoding } : bag(filePath)),
    ),
    writeFile: kit.later("writeFile", write),
    writeFileSync: kit.now("writeFileSync", (filePath, data, encoding) => write({ filePath, data, encoding })),
    saveFile: kit.later("saveFile", (options) => save(kit, options)),
    removeSavedFile: kit.later("removeSavedFile", (options) => removeSaved(kit, options)),
    access: kit.later("access", (options) => void files.need(options.path)),
    unlinkSync: kit.now("unlinkSync", (filePath) => files.remove(files.need(filePath).path)),
    unlink: kit.later("unlink", (options) => files.remove(files.need(options.filePath).path)),
    getFileInfo: kit.later("getFileInfo", (options) => ({ size: files.need(options.filePath).bytes.byteLength })),
  };
}
