import type { StoredFile } from "../files.ts";
import type { Bag } from "../types.ts";
import { type Kit, Refused } from "./kit.ts";

async function picked(kit: Kit, count: unknown): Promise<StoredFile[]> {
  const limit = Number(count) || 9;
  const chosen = await kit.phone.answers.images({ count: limit });
  if (chosen.length === 0) throw new Refused(kit.wechat ? "cancel" : "用户取消操作", kit.wechat ? {} : { error: 11 });
  return chosen.slice(0, limit).map((file) => kit.phone.files.add(file));
}

const size = (file: StoredFile) => file.bytes.byteLength;

/** Pictures and files from the person's hand, as WeChat gives them. */
export function wechatMedia(kit: Kit): Record<string, unknown> {
  return {
    chooseImage: kit.later("chooseImage", async ({ count }) => {
      const files = await picked(kit, count);
      return {
        tempFilePaths: files.map((file) => file.path),
        tempFiles: files.map((file) => ({ path: file.path, size: size(file) })),
      };
    }),
    chooseMedia: kit.later("chooseMedia", async ({ count }) => {
      const files = await picked(kit, count);
      const tempFiles = files.map((file) => ({
        tempFilePath: file.path,
        size: size(file),
        fileType: file.type === "video" ? "video" : "image",
        width: file.width ?? 100,
        height: file.height ?? 100,
      }));
      return { type: tempFiles.some(({ fileType }) => fileType === "video") ? "mix" : "image", tempFiles };
    }),
    chooseMessageFile: kit.later("chooseMessageFile", async ({ count }) => {
      const files = await picked(kit, count);
      return {
        tempFiles: files.map((file) => ({
          path: file.path,
          name: file.name,
          size: size(file),
          type: file.type ?? "file",
          time: 0,
        })),
      };
    }),
  };
}

/** Pictures from the person's hand, as Alipay gives them. */
export function alipayMedia(kit: Kit): Record<string, unknown> {
  const paths = async ({ count }: Bag) => {
    const files = await picked(kit, count ?? 1);
    const list = files.map((file) => file.path);
    return {
      apFilePaths: list,
      tempFilePaths: list,
      tempFiles: files.map((file) => ({ path: file.path, size: size(file) })),
    };
  };
  return { chooseImage: kit.later("chooseImage", paths) };
}
