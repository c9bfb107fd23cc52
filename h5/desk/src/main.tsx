import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClientProvider } from "@tanstack/react-query";
import { App, ConfigProvider } from "antd";
import zhCN from "antd/locale/zh_CN";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Gate } from "./features/identity/gate.tsx";
import { queries } from "./query.ts";
import { paint, theme } from "./theme.ts";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/body.css";
import "./styles/editor.css";
import "./styles/cases.css";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no root");
paint(document.documentElement);
createRoot(root).render(
  <StrictMode>
    <StyleProvider layer>
      <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={queries}>
          <App>
            <Gate />
          </App>
        </QueryClientProvider>
      </ConfigProvider>
    </StyleProvider>
  </StrictMode>,
);
