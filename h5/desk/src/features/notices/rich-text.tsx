import { EditorContent, useEditor } from "@tiptap/react";
import type { Body } from "@weimenhu/domain/body";
import { useState } from "react";
import { fromDoc } from "../../body/from-doc.ts";
import { editorKit } from "../../body/kit.ts";
import { cleanPasted } from "../../body/paste.ts";
import { toDoc } from "../../body/to-doc.ts";
import { LinkDialog } from "./link-dialog.tsx";
import { PictureDialog } from "./picture-dialog.tsx";
import { Toolbar } from "./toolbar.tsx";

const pictureIn = (files: FileList | undefined): File | null =>
  Array.from(files ?? []).find((file) => file.type.startsWith("image/")) ?? null;

type Dialog = { is: "none" } | { is: "link" } | { is: "picture"; file: File | null };

/** The editor is born with `body` and tells every change; to show another body it is born again. */
export function RichText({ body, onChange }: { body: Body; onChange: (body: Body) => void }) {
  const [dialog, setDialog] = useState<Dialog>({ is: "none" });
  const close = () => setDialog({ is: "none" });
  const takePicture = (files: FileList | undefined): boolean => {
    const file = pictureIn(files);
    if (file) setDialog({ is: "picture", file });
    return file !== null;
  };
  const editor = useEditor({
    extensions: editorKit(),
    content: toDoc(body),
    injectCSS: false,
    editorProps: {
      attributes: {
        class: "body",
        role: "textbox",
        "aria-multiline": "true",
        "aria-label": "正文",
        "aria-describedby": "way-out",
      },
      // In lists and tables the tab key moves inside the text: this is the way out.
      handleKeyDown: (view, { key }) => {
        if (key !== "Escape") return false;
        const tools = view.dom.closest(".editor")?.querySelector("[role=toolbar] button");
        if (tools instanceof HTMLElement) tools.focus();
        return true;
      },
      transformPastedHTML: cleanPasted,
      handlePaste: (_view, event) =>
        !event.clipboardData?.getData("text/html") && takePicture(event.clipboardData?.files),
      handleDrop: (_view, event) => takePicture(event.dataTransfer?.files),
    },
    onUpdate: ({ editor: changed }) => onChange(fromDoc(changed.getJSON())),
  });
  if (!editor) return null;
  return (
    <section className="card editor" aria-label="正文编辑">
      <Toolbar
        editor={editor}
        openLink={() => setDialog({ is: "link" })}
        openPicture={() => setDialog({ is: "picture", file: null })}
      />
      <p id="way-out" className="sr">
        按 Esc 键离开正文，回到排版按钮
      </p>
      <EditorContent editor={editor} />
      {dialog.is === "link" ? <LinkDialog editor={editor} close={close} /> : null}
      {dialog.is === "picture" ? <PictureDialog editor={editor} first={dialog.file} close={close} /> : null}
    </section>
  );
}
