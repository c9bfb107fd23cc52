import type { Editor } from "@tiptap/react";
import { isSafeHref } from "@weimenhu/domain/body";
import { Button, Modal } from "antd";
import { useState } from "react";

/** `example.com/x` was meant as an address of the web. */
export function addressFrom(typed: string): string {
  const text = typed.trim();
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(\/|$)/i.test(text) ? `https://${text}` : text;
}

export function LinkDialog({ editor, close }: { editor: Editor; close: () => void }) {
  const held: unknown = editor.getAttributes("link").href;
  const [typed, setTyped] = useState(typeof held === "string" ? held : "");
  const [fault, setFault] = useState(false);
  const finish = () => {
    const href = addressFrom(typed);
    if (!isSafeHref(href)) return setFault(true);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !editor.isActive("link")) {
      chain.insertContent({ type: "text", text: href, marks: [{ type: "link", attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    close();
  };
  return (
    <Modal
      open
      title="链接"
      onCancel={close}
      footer={
        <div className="line">
          {editor.isActive("link") ? (
            <Button
              danger
              onClick={() => {
                editor.chain().focus().extendMarkRange("link").unsetLink().run();
                close();
              }}
            >
              去掉链接
            </Button>
          ) : null}
          <Button type="primary" onClick={finish}>
            确定
          </Button>
        </div>
      }
    >
      <div className="stack">
        <label className="field">
          网址、电话（tel:）或邮箱（mailto:）
          <input
            value={typed}
            maxLength={2000}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => event.key === "Enter" && finish()}
          />
        </label>
        {fault ? (
          <p role="alert" className="mark bad">
            网址不对，请以 https:// 开头
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
