import Catalogue

extension EditorShape {
    private typealias Word = EditorField.Word

    static let basics = EditorShape(
        "基本信息", blank: { _ in [:] },
        [
            EditorField("title", "名称", hint: "例如：开便利店一件事"),
            EditorField("version", "版本", hint: "两三段数字，每次发布都要比上一版大，例如 1.0.1"),
            EditorField("summary", "一两句话说明", .prose, hint: "这件事办什么、谁来办"),
            EditorField("audience", "谁来申请", .choice([Word("person", "个人"), Word("enterprise", "企业")], fallback: nil)),
            EditorField("lead", "牵头部门", hint: "例如：市场监管"),
            EditorField("words", "大家会怎么搜", .words, hint: "用顿号隔开"),
            EditorField("promise", "整件事的承诺时限", .limit, hint: "例如 5个工作日、当场办结；引用本地参数写“参数：名称”"),
            EditorField("licences", "申请人可能已有的电子证照", .words, hint: "材料里用到的才写，用顿号隔开", optional: true),
            EditorField(
                "field", "领域", .choice(ThemePlacement.Field.allCases.map { Word($0.rawValue) }, fallback: ""),
                optional: true),
            EditorField(
                "menu", "主题式菜单", .choice(ThemePlacement.Menu.allCases.map { Word($0.rawValue) }, fallback: ""),
                optional: true),
            EditorField(
                "batch", "服务规范批次", .choice(ThemePlacement.batches.map { Word("\($0)", "第 \($0) 批") }, fallback: ""),
                optional: true),
            EditorField(
                "duplicate", "怎样算重复申请", .words, hint: "表单内容的代号；全都相同的，不能再申请一次；两项可以互换的用加号连起来", optional: true),
            EditorField("reference", "清单编号", hint: "上级主题清单里的编号，例如 T05", optional: true),
        ])

    /// One of several promises by situation.
    public static let situationPromise = EditorShape(
        "承诺时限", naming: ["limit"], blank: { _ in ["when": "always", "limit": ""] },
        [
            EditorField("when", "什么情形", .condition, hint: "最后一项不写情形，作为一般情形的承诺", optional: true),
            EditorField("limit", "时限", .limit),
        ])

    static let parameter = EditorShape(
        "参数", naming: ["title", "id"],
        blank: { taken in
            ["id": .text(free("参数", taken)), "title": "", "kind": "limit", "default": "", "confidence": "C"]
        },
        [
            EditorField("title", "含义"),
            EditorField("id", "名称", hint: "别处引用时用的名称"),
            EditorField(
                "kind", "种类",
                .choice(
                    [Word("limit", "时限"), Word("money", "金额"), Word("int", "整数"), Word("text", "文字")], fallback: nil)),
            EditorField("default", "数值", hint: "时限写 5wd（工作日）、20d（自然日）、1mo（月）或 at-once；金额以元为单位"),
            EditorField(
                "confidence", "把握程度",
                .choice(
                    [Word("A", "A 有依据"), Word("B", "B 一般规定"), Word("C", "C 参考值，各地须核定")], fallback: nil)),
        ])

    static let question = EditorShape(
        "问题",
        blank: { taken in ["id": .text(free("问题", taken)), "title": "", "options": ["", ""]] },
        [
            EditorField("title", "问什么", hint: "写成申请人看得懂的一句话，例如：孩子父母的婚姻状况是？"),
            EditorField("hint", "补充说明", .prose, optional: true),
            EditorField("options", "可选的回答", .options),
            EditorField("when", "什么时候问", .condition, optional: true),
            EditorField("id", "简称", hint: "条件里用的名称；改名时用到它的条件会一起改"),
        ])

    static let outcome = EditorShape(
        "不适用的情形", blank: { _ in ["when": "always", "title": "", "text": ""] },
        [
            EditorField("title", "标题"),
            EditorField("when", "什么情形不适用", .condition),
            EditorField("text", "告诉申请人什么", .prose, hint: "为什么不适用、该去哪里"),
            EditorField("theme", "转到哪个主题", hint: "另一个主题的 id，没有就不填", optional: true),
        ])

    static let item = EditorShape(
        "事项", naming: ["title", "id"],
        blank: { taken in
            let prefix = taken.max().map { String($0.prefix { !$0.isNumber }) } ?? "A"
            return [
                "id": .text(free(prefix, taken, digits: 2)), "title": "", "department": "", "kind": "公共服务",
                "promised": "",
            ]
        },
        [
            EditorField("title", "事项名称"),
            EditorField("department", "办理部门", hint: "例如：卫健、公安、市场监管"),
            EditorField(
                "kind", "事项类型",
                .choice(
                    ["行政许可", "行政确认", "行政给付", "行政奖励", "行政裁决", "其他行政权力", "公共服务", "备案"].map { Word($0) },
                    fallback: nil)),
            EditorField("promised", "承诺时限", .limit, hint: "例如 3个工作日、当场办结；引用本地参数写“参数：名称”"),
            EditorField("statutory", "法定时限", .limit, hint: "法律没有规定就不填", optional: true),
            EditorField("when", "什么情形要办", .condition, optional: true),
            EditorField("after", "要先办好哪些事项", .references(.items), optional: true),
            EditorField(
                "handling", "在哪里办",
                .choice([Word("here", "在本系统办"), Word("outside", "在部门自己的系统办，办好后登记结果")], fallback: "here")),
            EditorField("results", "办理结果", .parts(result), optional: true),
            EditorField("fees", "收费", .parts(fee), hint: "不收费就不用加", optional: true),
            EditorField("note", "说明", .prose, optional: true),
            EditorField(
                "separation", "受理和决定",
                .choice(
                    [Word("separate", "须由两个人办"), Word("same-officer", "经授权可由同一人办")], fallback: "separate")),
            EditorField("from", "从哪天起可以申请", hint: "例如 2026-12-01", optional: true),
            EditorField("to", "到哪天为止", hint: "例如 2027-12-31", optional: true),
            EditorField("id", "编号", hint: "改编号时，引用它的地方会一起改"),
        ])

    static let fee = EditorShape(
        "收费", blank: { _ in ["title": "", "amount": "tariff"] },
        [
            EditorField("title", "收费名称"),
            EditorField("amount", "金额", .amount, hint: "以元为单位，例如 20.00；事先不知道就写“按标准”"),
            EditorField("basis", "依据", optional: true),
            EditorField("note", "说明", .prose, optional: true),
            EditorField("when", "什么情形收", .condition, optional: true),
            EditorField(
                "charge", "向谁缴",
                .choice([Word("elsewhere", "向别的单位缴，不在这里收"), Word("here", "在本系统缴")], fallback: "elsewhere")),
            EditorField(
                "refund", "什么时候自动退还", .words, hint: "refused 不予批准时退，withdrawn 撤回或终止时退；在本系统缴的才填", optional: true),
            EditorField("reductions", "减免", .parts(reduction), optional: true),
            EditorField("from", "这个标准从哪天起执行", hint: "例如 2026-12-01", optional: true),
            EditorField("to", "执行到哪天为止", hint: "例如 2027-12-31", optional: true),
        ])

    static let reduction = EditorShape(
        "减免", blank: { _ in ["title": "", "amount": "0.00"] },
        [
            EditorField("title", "减免名称"),
            EditorField("amount", "减免后缴多少", .amount, hint: "以元为单位；免收写 0.00"),
            EditorField("basis", "依据", optional: true),
            EditorField("when", "什么情形减免", .condition),
        ])

    static let result = EditorShape(
        "办理结果",
        blank: { taken in
            ["id": .text(free("result-", taken)), "title": "", "issuer": "here", "licence": ""]
        },
        [
            EditorField("title", "结果名称"),
            EditorField("licence", "证照类型", hint: "发出的证照叫什么，例如：户口簿"),
            EditorField(
                "issuer", "由谁发", .choice([Word("here", "本系统签发"), Word("elsewhere", "部门另行颁发，登记编号")], fallback: nil)),
            EditorField("holder", "发给谁", .reference(.holders), optional: true),
            EditorField("content", "证照上写表单里的哪些内容", .references(.fields), optional: true),
            EditorField("fields", "经办人要填的内容", .parts(field), hint: "部门另行颁发的，要有“number”（编号）这一项", optional: true),
            EditorField(
                "supplies", "填到表单的哪些内容里", .parts(supply), hint: "后面的事项要用的，例如登记以后才有的信用代码", optional: true),
            EditorField("id", "代号"),
        ])

    static let supply = EditorShape(
        "填到表单", naming: ["field"], blank: { _ in ["field": "", "to": ""] },
        [
            EditorField("field", "经办人填的哪一项", hint: "上面“经办人要填的内容”里的代号"),
            EditorField("to", "填到表单的哪一项", .reference(.fields)),
        ])

    static let material = EditorShape(
        "材料",
        blank: { taken in
            ["id": .text(free("material-", taken)), "title": "", "items": [], "sources": ["upload"]]
        },
        [
            EditorField("title", "材料名称"),
            EditorField("hint", "怎么准备", .prose, optional: true),
            EditorField("when", "什么情形要交", .condition, optional: true),
            EditorField("items", "哪些事项要用", .references(.items)),
            EditorField("sources", "从哪里来", .sources, hint: "从上到下依次尝试，前面的有了，申请人就不用交"),
            EditorField("optional", "可以不交", .flag(false), optional: true),
            EditorField("gap", "可以先受理、以后补（容缺）", .flag(false), optional: true),
            EditorField("commitment", "可以用承诺代替，承诺书写什么", .prose, optional: true),
            EditorField("sample", "样表文件", .reference(.samples), optional: true),
            EditorField("id", "代号"),
        ])

    static let party = EditorShape(
        "办事人", naming: ["title", "id"],
        blank: { taken in ["id": .text(free("party-", taken)), "title": "", "name": ""] },
        [
            EditorField("title", "怎么称呼", hint: "例如：孩子的另一位家长"),
            EditorField("when", "什么情形有这个人", .condition, optional: true),
            EditorField("name", "姓名填在表单的哪一项", .reference(.fields)),
            EditorField("identifier", "证件号码填在表单的哪一项", .reference(.fields), optional: true),
            EditorField("consent", "什么情形必须本人同意", .condition, optional: true),
            EditorField("mayConsent", "什么情形可以由本人确认", .condition, hint: "不是必须；确认后，其电子证照可以代替纸质材料", optional: true),
            EditorField("concerns", "还要给本人看表单的哪些内容", .references(.fields), optional: true),
            EditorField("mayLackIdentifier", "申请时可以还没有证件号码", .flag(false), optional: true),
            EditorField("mayBeApplicant", "可以就是申请人", .flag(false), optional: true),
            EditorField("otherThan", "不能和谁是同一人", .references(.parties), optional: true),
            EditorField("id", "代号"),
        ])

    static let formSection = EditorShape(
        "表单的一节",
        blank: { taken in
            ["title": "", "fields": [["id": .text(free("field_", taken)), "title": ""]]]
        },
        [
            EditorField("title", "这一节的标题"),
            EditorField("fields", "要填的内容", .parts(field)),
        ])

    static let field = EditorShape(
        "一项内容", naming: ["title", "id"],
        blank: { taken in ["id": .text(free("field_", taken)), "title": ""] },
        [
            EditorField("title", "填什么"),
            EditorField("id", "代号", hint: "字母、数字和下划线，例如 shop_name；同一内容在各处用同一个代号"),
            EditorField("hint", "怎么填", .prose, optional: true),
            EditorField(
                "kind", "种类",
                .choice(
                    [
                        Word("text", "一行文字"), Word("paragraph", "一段文字"), Word("choice", "选一项"), Word("day", "日期"),
                        Word("integer", "整数"), Word("money", "金额"), Word("flag", "是或否"),
                        Word("resident-id", "公民身份号码"), Word("credit-code", "统一社会信用代码"), Word("mobile", "手机号码"),
                        Word("address", "地址"), Word("person-name", "姓名"), Word("business-scope", "经营范围"),
                    ], fallback: "text")),
            EditorField("options", "可选项", .words, hint: "种类是“选一项”时写，用顿号隔开", optional: true),
            EditorField("required", "必填", .flag(true), optional: true),
            EditorField("when", "什么情形要填", .condition, optional: true),
            EditorField("items", "哪些事项要用", .references(.items), hint: "都不选，就是所有事项都能看到", optional: true),
            EditorField(
                "prefill", "已知时自动带入",
                .choice(
                    [
                        Word("applicant.name", "申请人姓名"), Word("applicant.id_number", "申请人身份号码"),
                        Word("applicant.gender", "申请人性别"), Word("applicant.mobile", "申请人手机"),
                        Word("applicant.address", "申请人住址"), Word("applicant.birth_day", "申请人出生日期"),
                        Word("enterprise.name", "企业名称"), Word("enterprise.credit_code", "企业信用代码"),
                    ], fallback: ""), optional: true),
            EditorField("min", "最小值或最少字数", optional: true),
            EditorField("max", "最大值或最多字数", optional: true),
            EditorField(
                "characters", "只能用哪些字",
                .choice([Word("digits", "数字"), Word("code", "字母、数字和 - / .")], fallback: ""), optional: true),
            EditorField("notBefore", "最早哪一天", hint: "today 是申请当天，也可以写日期，例如 2026-01-01", optional: true),
            EditorField("notAfter", "最晚哪一天", hint: "today 是申请当天，也可以写日期，例如 2026-12-31", optional: true),
        ])

    static let advice = EditorShape(
        "提示", naming: ["text"], blank: { _ in ["text": ""] },
        [
            EditorField("text", "提醒什么", .prose),
            EditorField("when", "什么情形提醒", .condition, optional: true),
        ])
}
