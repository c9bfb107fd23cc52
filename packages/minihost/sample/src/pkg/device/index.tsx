import { Button, Image, Text, View } from "@tarojs/components";
import Taro, { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { base, call } from "../../api";
import { alipayPhone, askPrivacyWith, isAlipay, reason } from "../../platform";

export default function Device() {
  const { params } = useRouter();
  const [out, setOut] = useState("");
  const [image, setImage] = useState("");
  const [blob, setBlob] = useState("");
  const [asked, setAsked] = useState<{ answer(agreed: boolean): void } | null>(null);
  /** Runs one device call and shows what came of it. */
  const run = (work: () => Promise<string>) => () => {
    setOut("…");
    work().then(setOut, (error) => setOut(`失败：${reason(error)}`));
  };
  const choose = async () => {
    const { tempFilePaths } = await Taro.chooseImage({ count: 1 });
    const first = tempFilePaths[0] ?? "";
    setImage(first);
    return first;
  };
  const upload = async () => {
    const { statusCode, data } = await Taro.uploadFile({
      url: `${base()}/upload`,
      filePath: await choose(),
      name: "photo",
      fileType: "image",
      formData: { note: "说明" },
    } as Taro.uploadFile.Option);
    return `${statusCode} ${data}`;
  };
  const open = async (name: string) => {
    const { tempFilePath } = await Taro.downloadFile({ url: `${base()}/${name}` });
    await Taro.openDocument({ filePath: tempFilePath, fileType: "pdf" });
    return "打开了";
  };
  const twelve = async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => call<{ items: object[] }>("/items")));
    return `${answers.length} 个回答`;
  };
  const decide = (agreed: boolean) => () => {
    asked?.answer(agreed);
    setAsked(null);
  };
  const agree = { openType: "agreePrivacyAuthorization", onAgreePrivacyAuthorization: decide(true) };
  const note = async () => {
    await Taro.addPhoneCalendar({ title: "开会", startTime: 1_800_000_000, location: "村委会", alarmOffset: 3600 });
    return "记了";
  };
  const store = async (bytes: number) => {
    const answer: unknown = Taro.setStorageSync("big", "x".repeat(bytes));
    if (typeof answer === "object" && answer !== null && (answer as { success?: boolean }).success === false)
      throw answer;
    return "存了";
  };
  const phone = isAlipay
    ? {
        openType: "getAuthorize",
        scope: "phoneNumber",
        onGetAuthorize: run(alipayPhone),
        onError: () => setOut("不给"),
      }
    : {
        openType: "getPhoneNumber",
        onGetPhoneNumber: (e: { detail: { code?: string; errMsg: string } }) => setOut(e.detail.code ?? "不给"),
      };
  return (
    <View className="page">
      <Text id="from">从 {params.a}</Text>
      <Text id="out">{out}</Text>
      <Text id="font">{(Taro.getSystemInfoSync() as { fontSizeSetting?: number }).fontSizeSetting}</Text>
      <Button id="upload" onClick={run(upload)}>
        上传
      </Button>
      <Button id="open" onClick={run(() => open("paper.pdf"))}>
        打开文件
      </Button>
      <Button id="gone" onClick={run(() => open("gone.pdf"))}>
        打开没有的文件
      </Button>
      <Button id="many" onClick={run(twelve)}>
        十二个请求
      </Button>
      <Button id="listen" onClick={() => askPrivacyWith("agree", (answer) => setAsked({ answer }))}>
        自己问隐私
      </Button>
      {asked ? (
        <View>
          <Button id="agree" {...(agree as object)}>
            同意
          </Button>
          <Button id="lie" onClick={decide(true)}>
            替人同意
          </Button>
          <Button id="refuse" onClick={decide(false)}>
            不同意
          </Button>
        </View>
      ) : null}
      <Button
        id="copy"
        onClick={run(async () => {
          await Taro.setClipboardData({ data: "抄下的字" });
          return (await Taro.getClipboardData()).data;
        })}
      >
        复制
      </Button>
      <Button
        id="call"
        onClick={run(async () => {
          await Taro.makePhoneCall({ phoneNumber: "19900000001" });
          return "打了";
        })}
      >
        打电话
      </Button>
      <Button id="scan" onClick={run(async () => (await Taro.scanCode({})).result)}>
        扫码
      </Button>
      <Button
        id="preview"
        onClick={run(async () => {
          await Taro.previewImage({ urls: [`${base()}/a.png`], current: `${base()}/a.png` });
          return "看了";
        })}
      >
        看图
      </Button>
      <Button
        id="ask"
        onClick={run(async () =>
          JSON.stringify(await Taro.requestSubscribeMessage({ tmplIds: ["T1"], entityIds: ["T1"] })),
        )}
      >
        订阅
      </Button>
      <Button
        id="ask-late"
        onClick={run(async () => {
          await Taro.getNetworkType();
          return JSON.stringify(await Taro.requestSubscribeMessage({ tmplIds: ["T1"], entityIds: ["T1"] }));
        })}
      >
        先等一下再订阅
      </Button>
      <Button
        id="ask-many"
        onClick={run(async () => {
          const four = ["T1", "T2", "T3", "T4"];
          return JSON.stringify(await Taro.requestSubscribeMessage({ tmplIds: four, entityIds: four }));
        })}
      >
        一次订阅四个
      </Button>
      {isAlipay ? null : (
        <View>
          <Button id="note" onClick={run(note)}>
            记进日历
          </Button>
          <Button id="note-late" onClick={run(() => Taro.getNetworkType().then(note))}>
            先等一下再记
          </Button>
          <Button id="settings" onClick={run(async () => JSON.stringify((await Taro.openSetting()).authSetting))}>
            权限设置
          </Button>
        </View>
      )}
      <Button id="phone" {...(phone as object)}>
        用手机号
      </Button>
      <Button id="fits" onClick={run(() => store(100 * 1024))}>
        存得下
      </Button>
      <Button id="over" onClick={run(() => store(1100 * 1024))}>
        存不下
      </Button>
      <Button id="huge" onClick={() => setBlob("y".repeat(70 * 1024))}>
        大数据
      </Button>
      <Text id="blob">{blob.length}</Text>
      <View id="blobtext" data-blob={blob} />
      {image ? <Image id="image" src={image} /> : null}
      {params.photo ? (
        <Image
          id="photo"
          mode="widthFix"
          src={params.photo.includes(":") ? params.photo : `${base()}/${params.photo}`}
          onLoad={(e) => setOut(`宽 ${e.detail.width}`)}
          onError={() => setOut("没有图")}
        />
      ) : null}
    </View>
  );
}
