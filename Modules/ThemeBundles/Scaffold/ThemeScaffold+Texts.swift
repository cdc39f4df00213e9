extension ThemeScaffold {
    /// A theme with one question, two items, one paper: something of everything, to be changed into the real thing.
    static let theme = """
        # 写好以后：yiciban theme check 检查，yiciban theme test 跑实例，yiciban theme preview 预览。
        id: {ID}
        title: "{TITLE}"
        version: 0.1.0
        summary: 请用一两句话写明这件事办什么、谁来办。
        audience: person
        lead: 示例部门
        words: ["{TITLE}"]

        # 各地可以自行设定的数值；confidence 为 C 的是参考值，启用前请按本地规定核定。
        parameters:
          - {id: 登记时限, title: 登记的承诺时限, kind: limit, default: 2wd, confidence: C}

        promise: 3wd

        # 申请人手里可能已有的电子证照。
        licences: [户口簿]

        questions:
          - id: 是否委托办理
            title: 由本人办理，还是委托别人办理？
            options: [本人办理, 委托办理]

        items:
          - id: A01
            title: 示例登记
            department: 示例部门
            kind: 公共服务
            promised: {parameter: 登记时限}
            results:
              - {id: receipt, title: 登记回执, issuer: here, licence: 登记回执}
          - id: A02
            title: 示例发证
            department: 示例部门
            kind: 公共服务
            statutory: 5wd
            promised: 1wd
            after: [A01]
            results:
              - {id: certificate, title: 示例证, issuer: here, licence: 示例证}

        form:
          - title: 申请人
            fields:
              - {id: applicant_name, title: 姓名, kind: person-name, prefill: applicant.name}
              - {id: applicant_mobile, title: 手机号码, kind: mobile, prefill: applicant.mobile}
          - title: 代办人
            fields:
              - {id: agent_name, title: 代办人姓名, kind: person-name, when: {是否委托办理: 委托办理}}

        parties:
          - {id: agent, title: 代办人, when: {是否委托办理: 委托办理}, name: agent_name}

        materials:
          - id: household
            title: 户口簿
            items: [A01]
            sources: [{licence: 户口簿, of: applicant}, upload]
          - id: receipt
            title: 登记回执
            items: [A02]
            sources: [{result: A01/receipt}, upload]
          - id: authorisation
            title: 授权委托书
            when: {是否委托办理: 委托办理}
            items: [A01]
            sources: [upload]

        """

    /// Two situations of that theme.
    static let examples = """
        examples:
          - name: 本人办理，户口簿已有电子证照
            answers: {是否委托办理: 本人办理}
            available: [{licence: 户口簿, of: applicant}]
            expect:
              items: [A01, A02]
              upload: []
              exempt: {household: licence, receipt: result}
              deadline: 3wd
              longest: 3wd
              fees: []
              consents: []
          - name: 委托办理，没有电子证照
            answers: {是否委托办理: 委托办理}
            expect:
              items: [A01, A02]
              upload: [household, authorisation]

        """
}
