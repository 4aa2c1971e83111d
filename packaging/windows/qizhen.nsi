; The Windows setup: per user, no administrator, no network. Built by packaging/package_windows.py:
;   makensis -INPUTCHARSET UTF8 -DVERSION= -DFILES= -DREMOVAL= -DSIZE_KB= -DICON= -DOUTPUT= qizhen.nsi
; FILES is an include that unpacks the app, REMOVAL one that deletes exactly those files: nothing else is ever deleted.
;
; An upgrade unpacks beside the old version and then renames twice. Until it is done a RunOnce entry stands in the
; registry that puts the old version back at the next log-on, so that a power cut leaves a working version at any point.

Unicode true
Target amd64-unicode
!include FileFunc.nsh
!include LogicLib.nsh
!include MUI2.nsh

!define PRODUCT "QiZhen"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${PRODUCT}"
!define ONCE "Software\Microsoft\Windows\CurrentVersion\RunOnce"
!define DATA "$LOCALAPPDATA\QiZhen"

Name "${PRODUCT}"
OutFile "${OUTPUT}"
RequestExecutionLevel user
SetCompressor /SOLID lzma
InstallDir "$LOCALAPPDATA\Programs\QiZhen"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT} setup"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${UNINSTALL}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Language"
!define MUI_FINISHPAGE_RUN "$INSTDIR\QiZhen.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString RUNNING ${LANG_SIMPCHINESE} "企诊正在运行。请关闭它，然后重试。未做任何改动。"
LangString RUNNING ${LANG_ENGLISH} "QiZhen is running. Close it, then try again. Nothing was changed."
LangString FOREIGN ${LANG_SIMPCHINESE} "此文件夹里有其他文件。请选择一个空文件夹。未做任何改动。"
LangString FOREIGN ${LANG_ENGLISH} "This folder holds other files. Choose an empty one. Nothing was changed."
LangString BACKING_UP ${LANG_SIMPCHINESE} "升级前备份数据"
LangString BACKING_UP ${LANG_ENGLISH} "Backing the data up before the upgrade"
LangString NO_BACKUP ${LANG_SIMPCHINESE} "旧版本未能备份：没有工作区，或工作区正在使用。数据不会被改动。"
LangString NO_BACKUP ${LANG_ENGLISH} "The old version made no backup: there is no workspace, or it is in use. The data are not touched."
LangString KEPT ${LANG_SIMPCHINESE} "企诊已卸载。您的数据原样保留在：$\r$\n${DATA}$\r$\n以及您自己选择的工作区文件夹。"
LangString KEPT ${LANG_ENGLISH} "QiZhen was removed. Your data were left as they are, in$\r$\n${DATA}$\r$\nand in the workspace folders you chose yourself."
LangString BUNDLE ${LANG_SIMPCHINESE} "企诊交付包"
LangString BUNDLE ${LANG_ENGLISH} "QiZhen bundle"

; A test build ends here as a power cut would; a real build has no such place.
!macro CUT point
  !ifdef CUT_AT
    !if "${CUT_AT}" == "${point}"
      System::Call 'kernel32::TerminateProcess(p -1, i 99)'
    !endif
  !endif
!macroend

!macro REFUSE words status
  MessageBox MB_OK|MB_ICONSTOP "${words}" /SD IDOK
  SetErrorLevel ${status}
  Quit
!macroend

; A program that runs cannot be opened for writing.
!macro REFUSE_RUNNING
  ${If} ${FileExists} "$INSTDIR\QiZhen.exe"
    ClearErrors
    FileOpen $0 "$INSTDIR\QiZhen.exe" a
    ${If} ${Errors}
      !insertmacro REFUSE "$(RUNNING)" 3
    ${EndIf}
    FileClose $0
    ClearErrors
  ${EndIf}
!macroend

Function .onInit
  !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

Section "Install"
  SetShellVarContext current
  Call PutBack
  !insertmacro REFUSE_RUNNING
  Call RefuseForeign
  Call BackUp

  RMDir /r "$INSTDIR.new"
  SetOutPath "$INSTDIR.new"
  !insertmacro CUT "before-unpacking"
  !include "${FILES}"
  !insertmacro CUT "unpacking"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP"

  WriteRegStr HKCU "${ONCE}" "${PRODUCT}" 'cmd.exe /c if not exist "$INSTDIR\QiZhen.exe" move "$INSTDIR.previous" "$INSTDIR"'
  !insertmacro CUT "unpacked"
  Call Exchange
  !insertmacro CUT "exchanged"
  Call Register
  DeleteRegValue HKCU "${ONCE}" "${PRODUCT}"
  !insertmacro CUT "registered"
  Call RemovePrevious
SectionEnd

; What a power cut left between the two renames is put back first.
Function PutBack
  ${IfNot} ${FileExists} "$INSTDIR\QiZhen.exe"
  ${AndIf} ${FileExists} "$INSTDIR.previous\QiZhen.exe"
    RMDir "$INSTDIR"
    Rename "$INSTDIR.previous" "$INSTDIR"
  ${EndIf}
FunctionEnd

Function RefuseForeign
  ${IfNot} ${FileExists} "$INSTDIR\installed.sha256"
    RMDir "$INSTDIR"
    ${If} ${FileExists} "$INSTDIR\*.*"
      !insertmacro REFUSE "$(FOREIGN)" 4
    ${EndIf}
  ${EndIf}
FunctionEnd

; Nobody is asked for a passphrase here: an encrypted workspace is copied as it lies.
Function BackUp
  ${If} ${FileExists} "$INSTDIR\diag.exe"
    DetailPrint "$(BACKING_UP)"
    nsExec::Exec /TIMEOUT=300000 '"$INSTDIR\diag.exe" backup snapshot --without-key'
    Pop $0
    ${If} $0 != 0
      DetailPrint "$(NO_BACKUP)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Function Exchange
  Call RemovePrevious
  ClearErrors
  ${If} ${FileExists} "$INSTDIR\QiZhen.exe"
    Rename "$INSTDIR" "$INSTDIR.previous"
    ${If} ${Errors}
      DeleteRegValue HKCU "${ONCE}" "${PRODUCT}"
      !insertmacro REFUSE "$(RUNNING)" 3
    ${EndIf}
  ${EndIf}
  !insertmacro CUT "between"
  Rename "$INSTDIR.new" "$INSTDIR"
  ${If} ${Errors}
    Rename "$INSTDIR.previous" "$INSTDIR"
    DeleteRegValue HKCU "${ONCE}" "${PRODUCT}"
    !insertmacro REFUSE "$(RUNNING)" 3
  ${EndIf}
FunctionEnd

; The old version knows its own files; what a person put among them stays, in the folder of that name.
!macro REMOVE_PREVIOUS prefix
Function ${prefix}RemovePrevious
  ${If} ${FileExists} "$INSTDIR.previous\uninstall.exe"
    ExecWait '"$INSTDIR.previous\uninstall.exe" /S /FILES _?=$INSTDIR.previous'
    Delete "$INSTDIR.previous\uninstall.exe"
  ${EndIf}
  RMDir "$INSTDIR.previous"
FunctionEnd
!macroend
!insertmacro REMOVE_PREVIOUS ""
!insertmacro REMOVE_PREVIOUS "un."

Function Register
  CreateShortcut "$SMPROGRAMS\企诊 QiZhen.lnk" "$INSTDIR\QiZhen.exe"
  WriteRegStr HKCU "Software\Classes\.qzb" "" "QiZhen.Bundle"
  WriteRegStr HKCU "Software\Classes\QiZhen.Bundle" "" "$(BUNDLE)"
  WriteRegStr HKCU "Software\Classes\QiZhen.Bundle\DefaultIcon" "" "$INSTDIR\QiZhen.exe,0"
  WriteRegStr HKCU "Software\Classes\QiZhen.Bundle\shell\open\command" "" '"$INSTDIR\QiZhen.exe" "%1"'
  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "企诊 QiZhen"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\QiZhen.exe"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  Call TellShell
FunctionEnd

!macro TELL_SHELL prefix
Function ${prefix}TellShell
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd
!macroend
!insertmacro TELL_SHELL ""
!insertmacro TELL_SHELL "un."

Section "Uninstall"
  SetShellVarContext current
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/FILES" $2
  ${If} ${Errors}
    !insertmacro REFUSE_RUNNING
    Call un.Unregister
    Call un.RemovePrevious
    RMDir /r "$INSTDIR.new"
  ${EndIf}
  !include "${REMOVAL}"
  ${GetOptions} $1 "/FILES" $2
  ${If} ${Errors}
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    MessageBox MB_OK|MB_ICONINFORMATION "$(KEPT)" /SD IDOK
  ${EndIf}
SectionEnd

Function un.Unregister
  Delete "$SMPROGRAMS\企诊 QiZhen.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.qzb" ""
  ${If} $0 == "QiZhen.Bundle"
    DeleteRegKey HKCU "Software\Classes\.qzb"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\QiZhen.Bundle"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegValue HKCU "${ONCE}" "${PRODUCT}"
  Call un.TellShell
FunctionEnd
